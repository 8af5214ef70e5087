using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests;

/// <summary>
/// What a kind of request does at the moment of its receipt, before there is a case or a workflow: for a right that cannot wait, and
/// that anybody may use for a mailbox because it takes nothing from its owner (L9).
/// </summary>
internal interface IHonouredOnReceipt
{
    /// <summary>The kind.</summary>
    CaseKind Kind { get; }

    /// <summary>Honours it; it counts when this returns, however often it is asked for and whatever becomes of the case.</summary>
    /// <param name="address">The mailbox.</param>
    /// <param name="receivedAt">When it was asked for; legal time, UTC.</param>
    /// <param name="cancellation">Stops before it counts.</param>
    Task HonourAsync(EmailAddress address, DateTimeOffset receivedAt, CancellationToken cancellation);
}
