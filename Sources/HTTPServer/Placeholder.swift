import CZlib
import Crypto
import EventLoop
