using System.Globalization;

namespace Footfall.Adapters.UserAgents;

/// <summary>
/// Reads a regular expression for the literals in it. Knows what the rules use: alternatives, groups, classes, quantifiers, anchors. At
/// anything else it gives up, and the pattern is then run on every agent, which is slower and never wrong.
/// </summary>
sealed class LiteralReader(string pattern)
{
    // Classes of more characters than this, such as [A-Za-z], rule nothing out.
    const int ClassMax = 4;

    int _at;
    bool _gaveUp;

    /// <summary>The whole pattern, or null when it was not understood.</summary>
    public LiteralPart? Read()
    {
        var whole = Alternatives();
        return _gaveUp || _at < pattern.Length ? null : whole;
    }

    bool IsAt(char letter) => _at < pattern.Length && pattern[_at] == letter;

    bool Skip(char letter)
    {
        if (!IsAt(letter))
            return false;
        _at++;
        return true;
    }

    LiteralPart Alternatives()
    {
        var branches = new List<LiteralPart> { Sequence() };
        while (Skip('|'))
            branches.Add(Sequence());
        return LiteralPart.Alternatives(branches);
    }

    LiteralPart Sequence()
    {
        var parts = new List<LiteralPart>();
        while (_at < pattern.Length && !_gaveUp && !IsAt('|') && !IsAt(')'))
            parts.Add(Quantified(Atom()));
        return LiteralPart.Sequence(parts);
    }

    LiteralPart Atom()
    {
        var letter = pattern[_at++];
        return letter switch
        {
            '(' => Group(),
            '[' => Class(),
            '.' => LiteralPart.Unknown,
            '^' or '$' => LiteralPart.Anchor,
            '\\' => Escape(),
            '*' or '+' or '?' => GiveUp(),
            _ => LiteralPart.Text(letter.ToString()),
        };
    }

    LiteralPart Group()
    {
        if (Skip('?') && !Skip(':'))
            return GiveUp();
        var inner = Alternatives();
        return Skip(')') ? inner : GiveUp();
    }

    LiteralPart Escape()
    {
        if (_at == pattern.Length)
            return GiveUp();
        var letter = pattern[_at++];
        return letter switch
        {
            'd' or 'D' or 'w' or 'W' or 's' or 'S' => LiteralPart.Unknown,
            'b' or 'B' => LiteralPart.Anchor,
            _ when char.IsAsciiLetterOrDigit(letter) => GiveUp(),
            _ => LiteralPart.Text(letter.ToString()),
        };
    }

    LiteralPart Class()
    {
        var isFew = !IsAt('^');
        var letters = new HashSet<string>(StringComparer.Ordinal);
        for (var first = true; first || !IsAt(']'); first = false)
        {
            if (_at >= pattern.Length || IsAt('['))
                return GiveUp();
            var letter = pattern[_at++];
            var isRange = letter == '-' && !first && !IsAt(']');
            if (letter == '\\' && _at < pattern.Length)
            {
                letter = pattern[_at++];
                isRange |= char.IsAsciiLetterOrDigit(letter);
            }
            isFew &= !isRange;
            letters.Add(letter.ToString());
        }
        _at++;
        return isFew && letters.Count <= ClassMax ? LiteralPart.OneOf(letters) : LiteralPart.Unknown;
    }

    LiteralPart Quantified(LiteralPart part)
    {
        if (_at == pattern.Length)
            return part;
        var (least, atMostOnce) = pattern[_at] switch
        {
            '?' => (0, true),
            '*' => (0, false),
            '+' => (1, false),
            '{' => (Least(), false),
            _ => (-1, false),
        };
        if (least < 0)
            return part;
        _at++;
        // A lazy quantifier finds other text than a greedy one, but needs the same.
        Skip('?');
        return part.Repeated(least, atMostOnce);
    }

    // Leaves the position at the closing brace.
    int Least()
    {
        var end = pattern.IndexOf('}', _at);
        var digits = end < 0 ? [] : pattern.AsSpan(_at + 1, end - _at - 1);
        var comma = digits.IndexOf(',');
        if (!int.TryParse(comma < 0 ? digits : digits[..comma], NumberStyles.None, CultureInfo.InvariantCulture, out var least))
        {
            GiveUp();
            return -1;
        }
        _at = end;
        return least;
    }

    LiteralPart GiveUp()
    {
        _gaveUp = true;
        return LiteralPart.Unknown;
    }
}
