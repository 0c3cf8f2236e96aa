def f_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1_onerror_alert_1(a, b=[]):
    exec(a)
    return b


def دالة_شريرة(ا, ب=[]):
    eval(ا)


def раураl(a={}):
    """</script><script>alert(1)</script> | x | [y](javascript:alert(1)) ::error::"""
    eval("a")  # ‮ } ;)1(trela


class ﬀﬁﬂ_ℌ𝔗𝔐𝔏:
    def 𝐬𝐜𝐫𝐢𝐩𝐭(self, x=[]):
        return eval("<img src=x onerror=alert(1)>")
