/* The version that every program of the project prints. */
#pragma once

#define GONGKAI_VERSION "1.0.0"
