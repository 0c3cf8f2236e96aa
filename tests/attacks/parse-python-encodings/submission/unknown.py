# coding: x-no-such-codec
x = 1
