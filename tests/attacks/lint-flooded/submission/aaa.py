"""Shadows names."""


def f0(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f2(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f3(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f4(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f5(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f6(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f7(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f8(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f9(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f10(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f11(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f12(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f13(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f14(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f15(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f16(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f17(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f18(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f19(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f20(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f21(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f22(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f23(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f24(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f25(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f26(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f27(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f28(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f29(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f30(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f31(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f32(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f33(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f34(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f35(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f36(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f37(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f38(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f39(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f40(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f41(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f42(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f43(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f44(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f45(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f46(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f47(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f48(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f49(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f50(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f51(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f52(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f53(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f54(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f55(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f56(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f57(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f58(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f59(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f60(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f61(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f62(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f63(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f64(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f65(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f66(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f67(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f68(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f69(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f70(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f71(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f72(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f73(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f74(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f75(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f76(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f77(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f78(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f79(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f80(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f81(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f82(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f83(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f84(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f85(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f86(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f87(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f88(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f89(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f90(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f91(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f92(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f93(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f94(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f95(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f96(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f97(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f98(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f99(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f100(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f101(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f102(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f103(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f104(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f105(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f106(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f107(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f108(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f109(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f110(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f111(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f112(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f113(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f114(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f115(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f116(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f117(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f118(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f119(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f120(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f121(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f122(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f123(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f124(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f125(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f126(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f127(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f128(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f129(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f130(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f131(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f132(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f133(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f134(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f135(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f136(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f137(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f138(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f139(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f140(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f141(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f142(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f143(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f144(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f145(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f146(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f147(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f148(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f149(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f150(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f151(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f152(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f153(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f154(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f155(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f156(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f157(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f158(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f159(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f160(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f161(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f162(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f163(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f164(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f165(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f166(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f167(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f168(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f169(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f170(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f171(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f172(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f173(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f174(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f175(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f176(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f177(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f178(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f179(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f180(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f181(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f182(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f183(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f184(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f185(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f186(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f187(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f188(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f189(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f190(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f191(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f192(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f193(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f194(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f195(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f196(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f197(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f198(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f199(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f200(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f201(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f202(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f203(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f204(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f205(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f206(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f207(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f208(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f209(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f210(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f211(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f212(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f213(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f214(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f215(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f216(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f217(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f218(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f219(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f220(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f221(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f222(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f223(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f224(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f225(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f226(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f227(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f228(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f229(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f230(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f231(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f232(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f233(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f234(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f235(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f236(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f237(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f238(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f239(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f240(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f241(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f242(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f243(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f244(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f245(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f246(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f247(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f248(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f249(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f250(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f251(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f252(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f253(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f254(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f255(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f256(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f257(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f258(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f259(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f260(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f261(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f262(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f263(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f264(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f265(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f266(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f267(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f268(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f269(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f270(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f271(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f272(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f273(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f274(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f275(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f276(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f277(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f278(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f279(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f280(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f281(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f282(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f283(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f284(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f285(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f286(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f287(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f288(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f289(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f290(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f291(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f292(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f293(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f294(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f295(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f296(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f297(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f298(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f299(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f300(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f301(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f302(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f303(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f304(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f305(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f306(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f307(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f308(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f309(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f310(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f311(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f312(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f313(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f314(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f315(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f316(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f317(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f318(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f319(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f320(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f321(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f322(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f323(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f324(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f325(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f326(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f327(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f328(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f329(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f330(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f331(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f332(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f333(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f334(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f335(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f336(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f337(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f338(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f339(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f340(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f341(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f342(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f343(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f344(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f345(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f346(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f347(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f348(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f349(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f350(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f351(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f352(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f353(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f354(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f355(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f356(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f357(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f358(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f359(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f360(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f361(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f362(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f363(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f364(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f365(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f366(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f367(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f368(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f369(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f370(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f371(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f372(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f373(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f374(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f375(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f376(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f377(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f378(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f379(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f380(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f381(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f382(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f383(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f384(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f385(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f386(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f387(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f388(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f389(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f390(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f391(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f392(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f393(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f394(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f395(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f396(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f397(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f398(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f399(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f400(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f401(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f402(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f403(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f404(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f405(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f406(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f407(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f408(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f409(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f410(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f411(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f412(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f413(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f414(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f415(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f416(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f417(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f418(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f419(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f420(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f421(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f422(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f423(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f424(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f425(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f426(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f427(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f428(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f429(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f430(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f431(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f432(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f433(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f434(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f435(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f436(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f437(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f438(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f439(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f440(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f441(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f442(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f443(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f444(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f445(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f446(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f447(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f448(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f449(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f450(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f451(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f452(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f453(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f454(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f455(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f456(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f457(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f458(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f459(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f460(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f461(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f462(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f463(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f464(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f465(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f466(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f467(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f468(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f469(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f470(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f471(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f472(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f473(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f474(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f475(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f476(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f477(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f478(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f479(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f480(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f481(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f482(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f483(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f484(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f485(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f486(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f487(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f488(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f489(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f490(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f491(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f492(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f493(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f494(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f495(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f496(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f497(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f498(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f499(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f500(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f501(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f502(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f503(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f504(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f505(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f506(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f507(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f508(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f509(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f510(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f511(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f512(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f513(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f514(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f515(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f516(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f517(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f518(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f519(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f520(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f521(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f522(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f523(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f524(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f525(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f526(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f527(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f528(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f529(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f530(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f531(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f532(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f533(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f534(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f535(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f536(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f537(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f538(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f539(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f540(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f541(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f542(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f543(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f544(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f545(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f546(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f547(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f548(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f549(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f550(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f551(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f552(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f553(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f554(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f555(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f556(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f557(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f558(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f559(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f560(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f561(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f562(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f563(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f564(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f565(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f566(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f567(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f568(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f569(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f570(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f571(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f572(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f573(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f574(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f575(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f576(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f577(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f578(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f579(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f580(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f581(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f582(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f583(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f584(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f585(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f586(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f587(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f588(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f589(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f590(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f591(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f592(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f593(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f594(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f595(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f596(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f597(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f598(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f599(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f600(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f601(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f602(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f603(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f604(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f605(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f606(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f607(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f608(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f609(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f610(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f611(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f612(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f613(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f614(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f615(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f616(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f617(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f618(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f619(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f620(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f621(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f622(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f623(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f624(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f625(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f626(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f627(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f628(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f629(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f630(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f631(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f632(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f633(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f634(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f635(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f636(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f637(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f638(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f639(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f640(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f641(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f642(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f643(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f644(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f645(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f646(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f647(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f648(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f649(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f650(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f651(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f652(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f653(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f654(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f655(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f656(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f657(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f658(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f659(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f660(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f661(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f662(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f663(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f664(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f665(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f666(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f667(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f668(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f669(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f670(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f671(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f672(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f673(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f674(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f675(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f676(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f677(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f678(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f679(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f680(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f681(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f682(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f683(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f684(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f685(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f686(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f687(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f688(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f689(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f690(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f691(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f692(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f693(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f694(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f695(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f696(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f697(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f698(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f699(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f700(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f701(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f702(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f703(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f704(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f705(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f706(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f707(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f708(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f709(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f710(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f711(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f712(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f713(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f714(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f715(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f716(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f717(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f718(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f719(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f720(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f721(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f722(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f723(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f724(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f725(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f726(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f727(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f728(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f729(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f730(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f731(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f732(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f733(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f734(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f735(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f736(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f737(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f738(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f739(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f740(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f741(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f742(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f743(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f744(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f745(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f746(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f747(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f748(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f749(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f750(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f751(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f752(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f753(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f754(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f755(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f756(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f757(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f758(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f759(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f760(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f761(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f762(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f763(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f764(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f765(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f766(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f767(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f768(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f769(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f770(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f771(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f772(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f773(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f774(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f775(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f776(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f777(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f778(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f779(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f780(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f781(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f782(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f783(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f784(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f785(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f786(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f787(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f788(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f789(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f790(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f791(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f792(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f793(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f794(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f795(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f796(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f797(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f798(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f799(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f800(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f801(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f802(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f803(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f804(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f805(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f806(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f807(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f808(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f809(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f810(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f811(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f812(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f813(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f814(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f815(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f816(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f817(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f818(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f819(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f820(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f821(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f822(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f823(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f824(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f825(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f826(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f827(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f828(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f829(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f830(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f831(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f832(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f833(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f834(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f835(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f836(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f837(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f838(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f839(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f840(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f841(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f842(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f843(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f844(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f845(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f846(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f847(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f848(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f849(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f850(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f851(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f852(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f853(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f854(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f855(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f856(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f857(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f858(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f859(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f860(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f861(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f862(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f863(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f864(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f865(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f866(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f867(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f868(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f869(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f870(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f871(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f872(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f873(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f874(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f875(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f876(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f877(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f878(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f879(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f880(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f881(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f882(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f883(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f884(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f885(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f886(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f887(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f888(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f889(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f890(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f891(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f892(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f893(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f894(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f895(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f896(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f897(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f898(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f899(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f900(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f901(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f902(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f903(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f904(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f905(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f906(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f907(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f908(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f909(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f910(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f911(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f912(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f913(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f914(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f915(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f916(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f917(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f918(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f919(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f920(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f921(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f922(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f923(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f924(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f925(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f926(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f927(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f928(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f929(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f930(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f931(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f932(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f933(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f934(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f935(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f936(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f937(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f938(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f939(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f940(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f941(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f942(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f943(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f944(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f945(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f946(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f947(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f948(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f949(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f950(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f951(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f952(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f953(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f954(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f955(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f956(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f957(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f958(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f959(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f960(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f961(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f962(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f963(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f964(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f965(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f966(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f967(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f968(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f969(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f970(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f971(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f972(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f973(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f974(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f975(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f976(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f977(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f978(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f979(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f980(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f981(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f982(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f983(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f984(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f985(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f986(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f987(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f988(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f989(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f990(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f991(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f992(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f993(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f994(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f995(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f996(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f997(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f998(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f999(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1000(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1001(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1002(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1003(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1004(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1005(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1006(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1007(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1008(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1009(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1010(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1011(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1012(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1013(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1014(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1015(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1016(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1017(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1018(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1019(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1020(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1021(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1022(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1023(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1024(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1025(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1026(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1027(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1028(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1029(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1030(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1031(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1032(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1033(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1034(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1035(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1036(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1037(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1038(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1039(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1040(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1041(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1042(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1043(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1044(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1045(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1046(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1047(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1048(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1049(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1050(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1051(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1052(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1053(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1054(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1055(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1056(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1057(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1058(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1059(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1060(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1061(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1062(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1063(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1064(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1065(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1066(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1067(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1068(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1069(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1070(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1071(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1072(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1073(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1074(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1075(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1076(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1077(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1078(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1079(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1080(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1081(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1082(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1083(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1084(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1085(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1086(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1087(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1088(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1089(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1090(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1091(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1092(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1093(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1094(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1095(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1096(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1097(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1098(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set


def f1099(id, input, list, dict, set):
    """Nothing."""
    return id, input, list, dict, set
