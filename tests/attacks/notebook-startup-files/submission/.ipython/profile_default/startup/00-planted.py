import os
os.environ["PLANTED"] = "yes"
