using PrivacyFunctions.Clock;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.Newsletters.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// Whether a newsletter may go to somebody: they want it, by the company's list and by the ways out that were used, and no
/// restriction keeps their data from being used. Asked immediately before each mail, and read from the tables each time.
/// </summary>
internal sealed class ReaderWishes(
    Suppressions suppressions, Subscribers subscribers, StoppedUse stopped, LegalTime legal)
{
    /// <summary>Whether the company's list alone says that they do not want it.</summary>
    public async Task<bool> HasLeftAsync(Subscriber listed, CancellationToken cancellation) =>
        SubscriptionWord.Latest(listed.Entry, null, await legal.NowAsync(cancellation)) is SubscriptionWord.Left;

    /// <summary>
    /// Whether it may go to them. What they said last counts; the company's list learns of a click that it does not know, so that
    /// its retention runs. Data under a restriction is left as it is.
    /// </summary>
    /// <param name="address">Where it would go.</param>
    /// <param name="subscription">Who, and which newsletter.</param>
    /// <param name="listed">Their rows in the company's list: none, one, or several where it has the address in several spellings.</param>
    /// <param name="cancellation">Stops before the list is told.</param>
    public async Task<bool> AllowAsync(
        EmailAddress address, Subscription subscription, IReadOnlyList<Subscriber> listed, CancellationToken cancellation)
    {
        if (await stopped.CoversAsync(address, subscribers.Set, cancellation)) return false;
        var clicked = await suppressions.SinceAsync(subscription, cancellation);
        var now = await legal.NowAsync(cancellation);
        var word = SubscriptionWord.Latest(ListEntry.Together([.. listed.Select(row => row.Entry)], now), clicked, now);
        if (word is SubscriptionWord.Left { Since: var since } && since < DateTimeOffset.MaxValue)
            foreach (var row in listed)
                if (SubscriptionWord.Latest(row.Entry, since, now) is SubscriptionWord.Left { IsNews: true })
                    await subscribers.NoteLeftAsync(row, subscription.Newsletter, since, cancellation);
        return word is SubscriptionWord.Wanted;
    }
}
