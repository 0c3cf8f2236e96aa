# coding: idna
