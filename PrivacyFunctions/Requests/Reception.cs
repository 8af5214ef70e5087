using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
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
    TakeInRequest takeIn, IEnumerable<IHonouredOnReceipt> onReceipt, ReceiptDesk receipts, LegalTime time, IntentDispatcher dispatcher,
    ILogger<Reception> log)
{
    /// <summary>Takes a request in. A repeated one is the same case, and gets a receipt that says the same.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <param name="submission">The key by which a repetition is known.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="client">Starts the workflow.</param>
    /// <param name="cancellation">Stops before a place is taken, never half-way.</param>
    /// <returns>The case, and the link to its receipt; null if none can be signed now: its first mail brings it, or the same submission again.</returns>
    public async Task<(SubjectRequest Stored, Uri? Receipt)> TakeAsync(
        RequestKind kind, string submission, AskedRequest asked, DurableTaskClient client, CancellationToken cancellation)
    {
        var taking = takeIn.RunAsync(kind, submission, asked, cancellation);
        var readying = ReceiptAsync(null, cancellation); // so that the key is at hand by then
        var since = time.CountsFrom(asked.Came.On, asked.Came.At);
        await Task.WhenAll([
            readying, taking,
            .. onReceipt.Where(each => each.Kind == kind.Kind).Select(each => each.HonourAsync(asked.Address, since, cancellation)),
        ]);
        var (stored, isNew) = await taking;
        if (!stored.IsClosed)
            await (isNew ? dispatcher.TryStartAsync(client, stored, cancellation) : dispatcher.TryDispatchAsync(client, stored.Id, cancellation));
        return (stored, await ReceiptAsync(stored, cancellation));
    }

    /// <summary>The link to the receipt of a stored request; null if none can be signed now. Whoever asks has asked, also while the key cannot be read.</summary>
    /// <param name="stored">The request; null has the key made ready.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Uri?> ReceiptAsync(SubjectRequest? stored, CancellationToken cancellation)
    {
        try
        {
            if (stored is not null) return await receipts.LinkAsync(stored, cancellation);
            await receipts.MakeReadyAsync(cancellation);
        }
        catch (Exception failure) when (stored is not null || !cancellation.IsCancellationRequested)
        {
            log.LogWarning("No receipt can be signed now: {Kind}", failure.GetType().Name);
        }

        return null;
    }
}
