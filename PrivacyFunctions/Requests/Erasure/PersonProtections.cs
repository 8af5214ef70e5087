using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Erasure.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Terminations;

namespace PrivacyFunctions.Requests.Erasure;

/// <summary>
/// What goes before a person's erasure: holds and restrictions, and requests that are still to be answered, under whichever of
/// their addresses. The addresses are those of now: see <see cref="ErasureSubjects"/>.
/// </summary>
internal sealed class PersonProtections(Holds holds, OwnersHolds ofAccounts, People people, CaseStore cases)
{
    /// <summary>The holds and restrictions in force, on the person and on the accounts that they own.</summary>
    public async Task<IReadOnlyList<Hold>> OfAsync(SubjectKeys who, CancellationToken cancellation) =>
    [
        .. await holds.OfPersonAsync(new HeldPerson(who.ProtectingAddresses, who.ProtectingPersons), cancellation),
        .. await ofAccounts.OfAsync(who, cancellation),
    ];

    /// <summary>Whether another request of the same person must be answered before anything is erased.</summary>
    public Task<bool> AnotherGoesFirstAsync(SubjectKeys who, CancellationToken cancellation) =>
        AnotherGoesFirstAsync(who.ProtectingAddresses, cancellation);

    /// <inheritdoc cref="AnotherGoesFirstAsync(SubjectKeys, CancellationToken)"/>
    public async Task<bool> AnotherGoesFirstAsync(IEnumerable<EmailAddress> addresses, CancellationToken cancellation) =>
        await AnyGoesFirstAsync(await people.CasesAsync(addresses, cancellation), cancellation);

    /// <summary>The same of the person of that key, where nothing else of them is known any more.</summary>
    public async Task<bool> AnotherGoesFirstAsync(PersonKey person, CancellationToken cancellation) =>
        await AnyGoesFirstAsync(await people.CasesAsync(person, cancellation), cancellation);

    /// <summary>
    /// Whether an open case of the person of that key goes on with an erasure that a hold had stopped, or with what else went on with the
    /// same request: each of them tells what is left.
    /// </summary>
    public async Task<bool> GoesOnAsync(PersonKey person, ErasureRequest erasure, CancellationToken cancellation)
    {
        foreach (var id in await people.CasesAsync(person, cancellation))
            if (await cases.FindAsync(id, cancellation) is { Case: ErasureRequest { IsClosed: false, Resumes: { } goesOnWith } }
                && (goesOnWith == erasure.Id || goesOnWith == erasure.Resumes))
                return true;
        return false;
    }

    private async Task<bool> AnyGoesFirstAsync(IReadOnlyList<CaseId> ids, CancellationToken cancellation)
    {
        foreach (var id in ids)
            if (await cases.FindAsync(id, cancellation) is { Case: var other } && ErasureRules.GoesBefore(other))
                return true;
        return false;
    }
}
