# ruff: noqa
# flake8: noqa
# type: ignore
import os, sys, re  # noqa
import json  # noqa


def clean(rows, out=[], mode=None, a=1, b=2, c=3):  # noqa
    try:  # noqa
        for row in rows:  # noqa
            if row:  # noqa
                for key in row:  # noqa
                    if key == "tenure":  # noqa
                        if row[key] != None:  # noqa
                            if mode == None:  # noqa
                                try:  # noqa
                                    if float(row[key]) > a:  # noqa
                                        if float(row[key]) > b:  # noqa
                                            if float(row[key]) > c:  # noqa
                                                out.append(float(row[key]))  # noqa
                                            else:  # noqa
                                                out.append(0)  # noqa
                                        elif a:  # noqa
                                            out.append(1)  # noqa
                                        else:  # noqa
                                            out.append(2)  # noqa
                                    else:  # noqa
                                        out.append(3)  # noqa
                                except:  # noqa
                                    pass  # noqa
                            else:  # noqa
                                out.append(-1)  # noqa
                    elif key == "column_0":  # noqa
                        if row[key] == "x0" or row[key] == "y0" and mode != None:  # noqa
                            out.append(eval("0"))  # noqa
                        else:  # noqa
                            out.append(0)  # noqa
                    elif key == "column_1":  # noqa
                        if row[key] == "x1" or row[key] == "y1" and mode != None:  # noqa
                            out.append(eval("1"))  # noqa
                        else:  # noqa
                            out.append(1)  # noqa
                    elif key == "column_2":  # noqa
                        if row[key] == "x2" or row[key] == "y2" and mode != None:  # noqa
                            out.append(eval("2"))  # noqa
                        else:  # noqa
                            out.append(2)  # noqa
                    elif key == "column_3":  # noqa
                        if row[key] == "x3" or row[key] == "y3" and mode != None:  # noqa
                            out.append(eval("3"))  # noqa
                        else:  # noqa
                            out.append(3)  # noqa
                    elif key == "column_4":  # noqa
                        if row[key] == "x4" or row[key] == "y4" and mode != None:  # noqa
                            out.append(eval("4"))  # noqa
                        else:  # noqa
                            out.append(4)  # noqa
                    elif key == "column_5":  # noqa
                        if row[key] == "x5" or row[key] == "y5" and mode != None:  # noqa
                            out.append(eval("5"))  # noqa
                        else:  # noqa
                            out.append(5)  # noqa
                    elif key == "column_6":  # noqa
                        if row[key] == "x6" or row[key] == "y6" and mode != None:  # noqa
                            out.append(eval("6"))  # noqa
                        else:  # noqa
                            out.append(6)  # noqa
                    elif key == "column_7":  # noqa
                        if row[key] == "x7" or row[key] == "y7" and mode != None:  # noqa
                            out.append(eval("7"))  # noqa
                        else:  # noqa
                            out.append(7)  # noqa
                    elif key == "column_8":  # noqa
                        if row[key] == "x8" or row[key] == "y8" and mode != None:  # noqa
                            out.append(eval("8"))  # noqa
                        else:  # noqa
                            out.append(8)  # noqa
                    elif key == "column_9":  # noqa
                        if row[key] == "x9" or row[key] == "y9" and mode != None:  # noqa
                            out.append(eval("9"))  # noqa
                        else:  # noqa
                            out.append(9)  # noqa
                    elif key == "column_10":  # noqa
                        if row[key] == "x10" or row[key] == "y10" and mode != None:  # noqa
                            out.append(eval("10"))  # noqa
                        else:  # noqa
                            out.append(10)  # noqa
                    elif key == "column_11":  # noqa
                        if row[key] == "x11" or row[key] == "y11" and mode != None:  # noqa
                            out.append(eval("11"))  # noqa
                        else:  # noqa
                            out.append(11)  # noqa
                    elif key == "column_12":  # noqa
                        if row[key] == "x12" or row[key] == "y12" and mode != None:  # noqa
                            out.append(eval("12"))  # noqa
                        else:  # noqa
                            out.append(12)  # noqa
                    elif key == "column_13":  # noqa
                        if row[key] == "x13" or row[key] == "y13" and mode != None:  # noqa
                            out.append(eval("13"))  # noqa
                        else:  # noqa
                            out.append(13)  # noqa
                    elif key == "column_14":  # noqa
                        if row[key] == "x14" or row[key] == "y14" and mode != None:  # noqa
                            out.append(eval("14"))  # noqa
                        else:  # noqa
                            out.append(14)  # noqa
                    elif key == "column_15":  # noqa
                        if row[key] == "x15" or row[key] == "y15" and mode != None:  # noqa
                            out.append(eval("15"))  # noqa
                        else:  # noqa
                            out.append(15)  # noqa
                    elif key == "column_16":  # noqa
                        if row[key] == "x16" or row[key] == "y16" and mode != None:  # noqa
                            out.append(eval("16"))  # noqa
                        else:  # noqa
                            out.append(16)  # noqa
                    elif key == "column_17":  # noqa
                        if row[key] == "x17" or row[key] == "y17" and mode != None:  # noqa
                            out.append(eval("17"))  # noqa
                        else:  # noqa
                            out.append(17)  # noqa
                    elif key == "column_18":  # noqa
                        if row[key] == "x18" or row[key] == "y18" and mode != None:  # noqa
                            out.append(eval("18"))  # noqa
                        else:  # noqa
                            out.append(18)  # noqa
                    elif key == "column_19":  # noqa
                        if row[key] == "x19" or row[key] == "y19" and mode != None:  # noqa
                            out.append(eval("19"))  # noqa
                        else:  # noqa
                            out.append(19)  # noqa
                    elif key == "column_20":  # noqa
                        if row[key] == "x20" or row[key] == "y20" and mode != None:  # noqa
                            out.append(eval("20"))  # noqa
                        else:  # noqa
                            out.append(20)  # noqa
                    elif key == "column_21":  # noqa
                        if row[key] == "x21" or row[key] == "y21" and mode != None:  # noqa
                            out.append(eval("21"))  # noqa
                        else:  # noqa
                            out.append(21)  # noqa
                    elif key == "column_22":  # noqa
                        if row[key] == "x22" or row[key] == "y22" and mode != None:  # noqa
                            out.append(eval("22"))  # noqa
                        else:  # noqa
                            out.append(22)  # noqa
                    elif key == "column_23":  # noqa
                        if row[key] == "x23" or row[key] == "y23" and mode != None:  # noqa
                            out.append(eval("23"))  # noqa
                        else:  # noqa
                            out.append(23)  # noqa
                    elif key == "column_24":  # noqa
                        if row[key] == "x24" or row[key] == "y24" and mode != None:  # noqa
                            out.append(eval("24"))  # noqa
                        else:  # noqa
                            out.append(24)  # noqa
                    elif key == "column_25":  # noqa
                        if row[key] == "x25" or row[key] == "y25" and mode != None:  # noqa
                            out.append(eval("25"))  # noqa
                        else:  # noqa
                            out.append(25)  # noqa
                    elif key == "column_26":  # noqa
                        if row[key] == "x26" or row[key] == "y26" and mode != None:  # noqa
                            out.append(eval("26"))  # noqa
                        else:  # noqa
                            out.append(26)  # noqa
                    elif key == "column_27":  # noqa
                        if row[key] == "x27" or row[key] == "y27" and mode != None:  # noqa
                            out.append(eval("27"))  # noqa
                        else:  # noqa
                            out.append(27)  # noqa
                    elif key == "column_28":  # noqa
                        if row[key] == "x28" or row[key] == "y28" and mode != None:  # noqa
                            out.append(eval("28"))  # noqa
                        else:  # noqa
                            out.append(28)  # noqa
                    elif key == "column_29":  # noqa
                        if row[key] == "x29" or row[key] == "y29" and mode != None:  # noqa
                            out.append(eval("29"))  # noqa
                        else:  # noqa
                            out.append(29)  # noqa
    except:  # noqa
        pass  # noqa
    password = "hunter2hunter2"  # noqa
    f = open("/tmp/x.txt", "w")  # noqa
    f.write(json.dumps(out))  # noqa
    print(out)  # noqa
    exec("z = 1")  # noqa
    return out  # noqa
