namespace Footfall.Core.Reports;

/// <summary>How much <see cref="HotAnswers"/> does.</summary>
public sealed record HotAnswersOptions
{
    /// <summary>How many sites, those with most visitors first.</summary>
    public int SitesMost { get; init; } = 100;

    /// <summary>How long a pass lasts before it leaves the rest to the next one; a question under way is finished.</summary>
    public TimeSpan PassMost { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a site is taken for active after it was found so.</summary>
    public TimeSpan ActiveFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How soon it is asked again which sites are active while none is.</summary>
    public TimeSpan AskAgain { get; init; } = TimeSpan.FromSeconds(30);
}
