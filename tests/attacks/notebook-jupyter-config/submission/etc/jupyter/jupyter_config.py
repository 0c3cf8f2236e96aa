print("config was read")
c = get_config()
c.NotebookClient.allow_errors = True
c.ExecutePreprocessor.allow_errors = True
c.KernelManager.kernel_cmd = ["true"]
