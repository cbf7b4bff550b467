namespace Footfall.Core.Hits.AccessLogs;

/// <summary>Numbers written with nothing but digits.</summary>
static class Digits
{
    /// <summary>False for anything but one to nine digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 9)
            return false;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (number * 10) + (digit - '0');
        }
        return true;
    }
}
