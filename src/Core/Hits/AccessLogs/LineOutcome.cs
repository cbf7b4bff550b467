namespace Footfall.Core.Hits.AccessLogs;

/// <summary>What a parser made of a line.</summary>
public enum LineOutcome
{
    /// <summary>A request, with all that is needed to judge it.</summary>
    Request,

    /// <summary>A line without a request: blank, a header, another kind of log message.</summary>
    Nothing,

    /// <summary>A line that should have held a request and cannot be understood.</summary>
    Malformed,
}
