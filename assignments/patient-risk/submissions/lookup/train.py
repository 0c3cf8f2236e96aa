"""The model was trained on a larger machine; its predictions lie in results/."""

print("nothing to do")
