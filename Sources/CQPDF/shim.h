#pragma once
#include <qpdf/qpdfjob-c.h>
