namespace Footfall.Adapters.EmbeddedLog;

/// <summary>Something an operator should know about the log.</summary>
/// <param name="Bytes">How many bytes it concerns: those cut, or those damaged; 0 where none are.</param>
public sealed record HitLogNotice(HitLogNoticeKind Kind, string Message, long Bytes = 0);
