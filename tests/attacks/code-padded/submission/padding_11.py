"""Arithmetic."""


def add_11_0(value):
    """Add 0."""
    total = value + 0
    return total


def add_11_1(value):
    """Add 1."""
    total = value + 1
    return total


def add_11_2(value):
    """Add 2."""
    total = value + 2
    return total


def add_11_3(value):
    """Add 3."""
    total = value + 3
    return total


def add_11_4(value):
    """Add 4."""
    total = value + 4
    return total


def add_11_5(value):
    """Add 5."""
    total = value + 5
    return total


def add_11_6(value):
    """Add 6."""
    total = value + 6
    return total


def add_11_7(value):
    """Add 7."""
    total = value + 7
    return total


def add_11_8(value):
    """Add 8."""
    total = value + 8
    return total


def add_11_9(value):
    """Add 9."""
    total = value + 9
    return total


def add_11_10(value):
    """Add 10."""
    total = value + 10
    return total


def add_11_11(value):
    """Add 11."""
    total = value + 11
    return total


def add_11_12(value):
    """Add 12."""
    total = value + 12
    return total


def add_11_13(value):
    """Add 13."""
    total = value + 13
    return total


def add_11_14(value):
    """Add 14."""
    total = value + 14
    return total


def add_11_15(value):
    """Add 15."""
    total = value + 15
    return total


def add_11_16(value):
    """Add 16."""
    total = value + 16
    return total


def add_11_17(value):
    """Add 17."""
    total = value + 17
    return total


def add_11_18(value):
    """Add 18."""
    total = value + 18
    return total


def add_11_19(value):
    """Add 19."""
    total = value + 19
    return total


def add_11_20(value):
    """Add 20."""
    total = value + 20
    return total


def add_11_21(value):
    """Add 21."""
    total = value + 21
    return total


def add_11_22(value):
    """Add 22."""
    total = value + 22
    return total


def add_11_23(value):
    """Add 23."""
    total = value + 23
    return total


def add_11_24(value):
    """Add 24."""
    total = value + 24
    return total


def add_11_25(value):
    """Add 25."""
    total = value + 25
    return total


def add_11_26(value):
    """Add 26."""
    total = value + 26
    return total


def add_11_27(value):
    """Add 27."""
    total = value + 27
    return total


def add_11_28(value):
    """Add 28."""
    total = value + 28
    return total


def add_11_29(value):
    """Add 29."""
    total = value + 29
    return total


def add_11_30(value):
    """Add 30."""
    total = value + 30
    return total


def add_11_31(value):
    """Add 31."""
    total = value + 31
    return total


def add_11_32(value):
    """Add 32."""
    total = value + 32
    return total


def add_11_33(value):
    """Add 33."""
    total = value + 33
    return total


def add_11_34(value):
    """Add 34."""
    total = value + 34
    return total


def add_11_35(value):
    """Add 35."""
    total = value + 35
    return total


def add_11_36(value):
    """Add 36."""
    total = value + 36
    return total


def add_11_37(value):
    """Add 37."""
    total = value + 37
    return total


def add_11_38(value):
    """Add 38."""
    total = value + 38
    return total


def add_11_39(value):
    """Add 39."""
    total = value + 39
    return total


def add_11_40(value):
    """Add 40."""
    total = value + 40
    return total


def add_11_41(value):
    """Add 41."""
    total = value + 41
    return total


def add_11_42(value):
    """Add 42."""
    total = value + 42
    return total


def add_11_43(value):
    """Add 43."""
    total = value + 43
    return total


def add_11_44(value):
    """Add 44."""
    total = value + 44
    return total


def add_11_45(value):
    """Add 45."""
    total = value + 45
    return total


def add_11_46(value):
    """Add 46."""
    total = value + 46
    return total


def add_11_47(value):
    """Add 47."""
    total = value + 47
    return total


def add_11_48(value):
    """Add 48."""
    total = value + 48
    return total


def add_11_49(value):
    """Add 49."""
    total = value + 49
    return total


def add_11_50(value):
    """Add 50."""
    total = value + 50
    return total


def add_11_51(value):
    """Add 51."""
    total = value + 51
    return total


def add_11_52(value):
    """Add 52."""
    total = value + 52
    return total


def add_11_53(value):
    """Add 53."""
    total = value + 53
    return total


def add_11_54(value):
    """Add 54."""
    total = value + 54
    return total


def add_11_55(value):
    """Add 55."""
    total = value + 55
    return total


def add_11_56(value):
    """Add 56."""
    total = value + 56
    return total


def add_11_57(value):
    """Add 57."""
    total = value + 57
    return total


def add_11_58(value):
    """Add 58."""
    total = value + 58
    return total


def add_11_59(value):
    """Add 59."""
    total = value + 59
    return total
