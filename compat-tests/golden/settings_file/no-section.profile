remapi-profile 1
a = 00
