using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure;
using PrivacyFunctions.Requests.Restriction.Model;

namespace PrivacyFunctions.Requests.Restriction;

/// <summary>The holds that a case places on its person's data, under the mailbox that the person proved.</summary>
internal sealed class CaseHolds(Contacts contacts, People people, MailboxOwners owners, PersonHolds holds, OfficerMails officer)
{
    /// <summary>Places them; a repetition changes nothing.</summary>
    /// <exception cref="InvalidOperationException">One of them is not placed.</exception>
    /// <exception cref="InvalidDataException">Somebody else has come to have the mailbox since the person confirmed: a person has to look.</exception>
    public async Task<PlacedHold> PlaceAsync(CaseId id, IReadOnlyList<Hold> toPlace, CancellationToken cancellation)
    {
        var contact = await contacts.GetAsync(id, cancellation);
        if (await owners.AreOthersAsync(contact.Address, id, cancellation))
            throw new InvalidDataException("The mailbox of the case has come to somebody else since the person confirmed it.");
        var placed = await holds.PlaceOfRequestAsync(contact.Address, toPlace, Actors.System, cancellation);
        if (placed.Placing is not HoldPlacing.Placed) throw new InvalidOperationException($"A hold of case {id} is not placed: {placed.Placing}.");

        // Months later the mailbox may be somebody else's.
        if (!await people.AreNotedAsync(contact.Address, id, cancellation))
            await people.NotePersonsAsync(contact.Address, id, placed.Persons, cancellation);
        return placed;
    }

    /// <summary>
    /// Releases them. What they had kept from an erasure goes on by itself; where it is not sure whose that is by now, the Data Protection
    /// Officer is asked.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of them was never placed.</exception>
    public async Task ReleaseAsync(RestrictedRequest lifted)
    {
        var contact = await contacts.GetAsync(lifted.Id, CancellationToken.None);
        foreach (var hold in lifted.Holds)
        {
            var (release, resumption) = await holds.ReleaseAsync(contact.Address, hold.Id, Actors.System);
            if (release is HoldRelease.Unknown) throw new InvalidOperationException($"The hold {hold.Id} is not there.");
            await AskAboutAsync(hold, resumption);
        }
    }

    /// <summary>From here on they stop the use of the data, and keep nothing. The same holds for what they had kept.</summary>
    public async Task StopUseAloneAsync(CaseId id, IReadOnlyList<Hold> standing)
    {
        var contact = await contacts.GetAsync(id, CancellationToken.None);
        foreach (var hold in standing)
            await AskAboutAsync(hold, await holds.StopUseAloneAsync(contact.Address, hold, Actors.System));
    }

    private async Task AskAboutAsync(Hold over, Resumption resumption)
    {
        foreach (var erasure in resumption.Unsure)
            await officer.TellOnceAsync(
                erasure, $"released-{over.Id}", new HoldOfErasureReleased(erasure, over.Id), CancellationToken.None);
    }
}
