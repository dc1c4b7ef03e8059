"""The screens: what Streamlit shows and what it calls when something is pressed. Only these modules and app.py know it."""
