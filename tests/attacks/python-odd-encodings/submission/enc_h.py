# coding: bz2
BZh
