# coding: zip
x
