namespace Footfall.Server.Analyses;

/// <summary>The scheduled analysis.</summary>
/// <param name="EveryMinutes">From the end of a run to the next.</param>
/// <param name="Runs">The newest, newest first.</param>
sealed record AnalysisDocument(int EveryMinutes, IReadOnlyList<AnalysisRunEntry> Runs);
