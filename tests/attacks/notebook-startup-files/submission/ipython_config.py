c = get_config()
c.InteractiveShellApp.exec_lines = ["import os; os.environ['PLANTED'] = 'yes'"]
