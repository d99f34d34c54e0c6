"""The tests mirror the code; journeys/ carry whole campaigns."""
