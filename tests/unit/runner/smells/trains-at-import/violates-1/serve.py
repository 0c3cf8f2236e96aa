from model import predict
