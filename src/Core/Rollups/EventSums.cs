using System.Runtime.InteropServices;

namespace Footfall.Core.Rollups;

/// <summary>What adds up over events, whatever they are grouped by.</summary>
/// <param name="EngagementMs">Milliseconds in the foreground.</param>
/// <param name="PurchaseMicros">Millionths of the site's currency, of purchases.</param>
/// <param name="RefundMicros">The same of refunds; not positive.</param>
/// <param name="Items">Pieces purchased.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EventSums(
    long Events, long PageViews, long KeyEvents, long Purchases, long Refunds, long EngagementMs, long PurchaseMicros, long RefundMicros, long Items)
{
    public static EventSums operator +(EventSums left, EventSums right) => new(
        left.Events + right.Events,
        left.PageViews + right.PageViews,
        left.KeyEvents + right.KeyEvents,
        left.Purchases + right.Purchases,
        left.Refunds + right.Refunds,
        left.EngagementMs + right.EngagementMs,
        left.PurchaseMicros + right.PurchaseMicros,
        left.RefundMicros + right.RefundMicros,
        left.Items + right.Items);
}
