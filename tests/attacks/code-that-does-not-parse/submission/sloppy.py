import os, sys, re
import json


def clean(rows, out=[], mode=None, a=1, b=2, c=3):
    try:
        for row in rows:
            if row:
                for key in row:
                    if key == "tenure":
                        if row[key] != None:
                            if mode == None:
                                try:
                                    if float(row[key]) > a:
                                        if float(row[key]) > b:
                                            if float(row[key]) > c:
                                                out.append(float(row[key]))
                                            else:
                                                out.append(0)
                                        elif a:
                                            out.append(1)
                                        else:
                                            out.append(2)
                                    else:
                                        out.append(3)
                                except:
                                    pass
                            else:
                                out.append(-1)
                    elif key == "column_0":
                        if row[key] == "x0" or row[key] == "y0" and mode != None:
                            out.append(eval("0"))
                        else:
                            out.append(0)
                    elif key == "column_1":
                        if row[key] == "x1" or row[key] == "y1" and mode != None:
                            out.append(eval("1"))
                        else:
                            out.append(1)
                    elif key == "column_2":
                        if row[key] == "x2" or row[key] == "y2" and mode != None:
                            out.append(eval("2"))
                        else:
                            out.append(2)
                    elif key == "column_3":
                        if row[key] == "x3" or row[key] == "y3" and mode != None:
                            out.append(eval("3"))
                        else:
                            out.append(3)
                    elif key == "column_4":
                        if row[key] == "x4" or row[key] == "y4" and mode != None:
                            out.append(eval("4"))
                        else:
                            out.append(4)
                    elif key == "column_5":
                        if row[key] == "x5" or row[key] == "y5" and mode != None:
                            out.append(eval("5"))
                        else:
                            out.append(5)
                    elif key == "column_6":
                        if row[key] == "x6" or row[key] == "y6" and mode != None:
                            out.append(eval("6"))
                        else:
                            out.append(6)
                    elif key == "column_7":
                        if row[key] == "x7" or row[key] == "y7" and mode != None:
                            out.append(eval("7"))
                        else:
                            out.append(7)
                    elif key == "column_8":
                        if row[key] == "x8" or row[key] == "y8" and mode != None:
                            out.append(eval("8"))
                        else:
                            out.append(8)
                    elif key == "column_9":
                        if row[key] == "x9" or row[key] == "y9" and mode != None:
                            out.append(eval("9"))
                        else:
                            out.append(9)
                    elif key == "column_10":
                        if row[key] == "x10" or row[key] == "y10" and mode != None:
                            out.append(eval("10"))
                        else:
                            out.append(10)
                    elif key == "column_11":
                        if row[key] == "x11" or row[key] == "y11" and mode != None:
                            out.append(eval("11"))
                        else:
                            out.append(11)
                    elif key == "column_12":
                        if row[key] == "x12" or row[key] == "y12" and mode != None:
                            out.append(eval("12"))
                        else:
                            out.append(12)
                    elif key == "column_13":
                        if row[key] == "x13" or row[key] == "y13" and mode != None:
                            out.append(eval("13"))
                        else:
                            out.append(13)
                    elif key == "column_14":
                        if row[key] == "x14" or row[key] == "y14" and mode != None:
                            out.append(eval("14"))
                        else:
                            out.append(14)
                    elif key == "column_15":
                        if row[key] == "x15" or row[key] == "y15" and mode != None:
                            out.append(eval("15"))
                        else:
                            out.append(15)
                    elif key == "column_16":
                        if row[key] == "x16" or row[key] == "y16" and mode != None:
                            out.append(eval("16"))
                        else:
                            out.append(16)
                    elif key == "column_17":
                        if row[key] == "x17" or row[key] == "y17" and mode != None:
                            out.append(eval("17"))
                        else:
                            out.append(17)
                    elif key == "column_18":
                        if row[key] == "x18" or row[key] == "y18" and mode != None:
                            out.append(eval("18"))
                        else:
                            out.append(18)
                    elif key == "column_19":
                        if row[key] == "x19" or row[key] == "y19" and mode != None:
                            out.append(eval("19"))
                        else:
                            out.append(19)
                    elif key == "column_20":
                        if row[key] == "x20" or row[key] == "y20" and mode != None:
                            out.append(eval("20"))
                        else:
                            out.append(20)
                    elif key == "column_21":
                        if row[key] == "x21" or row[key] == "y21" and mode != None:
                            out.append(eval("21"))
                        else:
                            out.append(21)
                    elif key == "column_22":
                        if row[key] == "x22" or row[key] == "y22" and mode != None:
                            out.append(eval("22"))
                        else:
                            out.append(22)
                    elif key == "column_23":
                        if row[key] == "x23" or row[key] == "y23" and mode != None:
                            out.append(eval("23"))
                        else:
                            out.append(23)
                    elif key == "column_24":
                        if row[key] == "x24" or row[key] == "y24" and mode != None:
                            out.append(eval("24"))
                        else:
                            out.append(24)
                    elif key == "column_25":
                        if row[key] == "x25" or row[key] == "y25" and mode != None:
                            out.append(eval("25"))
                        else:
                            out.append(25)
                    elif key == "column_26":
                        if row[key] == "x26" or row[key] == "y26" and mode != None:
                            out.append(eval("26"))
                        else:
                            out.append(26)
                    elif key == "column_27":
                        if row[key] == "x27" or row[key] == "y27" and mode != None:
                            out.append(eval("27"))
                        else:
                            out.append(27)
                    elif key == "column_28":
                        if row[key] == "x28" or row[key] == "y28" and mode != None:
                            out.append(eval("28"))
                        else:
                            out.append(28)
                    elif key == "column_29":
                        if row[key] == "x29" or row[key] == "y29" and mode != None:
                            out.append(eval("29"))
                        else:
                            out.append(29)
    except:
        pass
    password = "hunter2hunter2"
    f = open("/tmp/x.txt", "w")
    f.write(json.dumps(out))
    print(out)
    exec("z = 1")
    return out

this is no python
