# coding: hex
7831
