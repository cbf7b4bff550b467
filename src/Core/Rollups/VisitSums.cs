using System.Runtime.InteropServices;

namespace Footfall.Core.Rollups;

/// <summary>What adds up over distinct visits, each looked at as a whole.</summary>
/// <param name="Engaged">Those with over ten seconds of engagement, or a key event, or two page views.</param>
/// <param name="SinglePage">Those with one page view and nothing else that the visitor did.</param>
/// <param name="WithKeyEvent">Those with a key event.</param>
/// <param name="DurationMicros">Microseconds from first to last event.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct VisitSums(long Visits, long Engaged, long SinglePage, long WithKeyEvent, long DurationMicros)
{
    public static VisitSums operator +(VisitSums left, VisitSums right) => new(
        left.Visits + right.Visits,
        left.Engaged + right.Engaged,
        left.SinglePage + right.SinglePage,
        left.WithKeyEvent + right.WithKeyEvent,
        left.DurationMicros + right.DurationMicros);
}
