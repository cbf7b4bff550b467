namespace Footfall.Core.Reports;

/// <summary>Which events a measure takes.</summary>
public enum EventTest
{
    Any,
    PageView,
    KeyEvent,
    Purchase,
    Refund,

    /// <summary>Purchases and refunds: what moves revenue.</summary>
    Order,
}
