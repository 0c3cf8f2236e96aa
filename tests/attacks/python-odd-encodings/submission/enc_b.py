# coding: utf-7
+AGE-
