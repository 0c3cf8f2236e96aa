import os, sys  # <script>alert(1)</script><img src=x onerror=alert(2)> </pre></code></html>
password = "hunter2<script>alert(1)</script><img src=x onerror=alert(2)>"
x = eval("'‮⁦'")  # ​ [2J ::error::
exec("<script>alert(1)</script><img src=x onerror=alert(2)>")
