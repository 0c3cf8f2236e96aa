import heapq
import pandas as pd
lines = heapq.merge([1], [2])
settings = defaults.merge(own)
counts = customers.merge(other, left_index=True, right_index=True)
