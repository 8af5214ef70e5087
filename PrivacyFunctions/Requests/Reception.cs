using Microsoft.DurableTask.Client;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.Receipts;

namespace PrivacyFunctions.Requests;

/// <summary>
/// What happens to every request at its receipt, whoever brings it in: it is stored, honoured at once if its kind is, begun, and receipted.
/// It looks nothing up.
/// </summary>
internal sealed class Reception(
    TakeInRequest takeIn, IEnumerable<IHonouredOnReceipt> onReceipt, ReceiptDesk receipts, LegalTime time, IntentDispatcher dispatcher)
{
    /// <summary>Takes a request in. A repeated one is the same case, and gets a receipt that says the same.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <param name="submission">The key by which a repetition is known.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="client">Starts the workflow.</param>
    /// <param name="cancellation">Stops before a place is taken, never half-way.</param>
    /// <returns>The case, and the link to its receipt.</returns>
    public async Task<(SubjectRequest Stored, Uri Receipt)> TakeAsync(
        RequestKind kind, string submission, AskedRequest asked, DurableTaskClient client, CancellationToken cancellation)
    {
        var taking = takeIn.RunAsync(kind, submission, asked, cancellation);
        var since = time.CountsFrom(asked.Came.On, asked.Came.At);
        await Task.WhenAll([
            receipts.MakeReadyAsync(cancellation), taking,
            .. onReceipt.Where(each => each.Kind == kind.Kind).Select(each => each.HonourAsync(asked.Address, since, cancellation)),
        ]);
        var (stored, isNew) = await taking;
        if (!stored.IsClosed)
            await (isNew ? dispatcher.TryStartAsync(client, stored, cancellation) : dispatcher.TryDispatchAsync(client, stored.Id, cancellation));
        return (stored, await receipts.LinkAsync(stored, cancellation));
    }
}
