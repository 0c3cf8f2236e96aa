print("nothing to train: the answers are known")
