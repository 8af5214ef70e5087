using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Records;

/// <summary>
/// Stores a new case of a mailbox, with what is kept for it: the mailbox, and the entries that lead from the person to the case and
/// from the list of cases. They are written side by side, after the announcement of the case and before the case itself.
/// </summary>
internal sealed class NewCases(CaseStore cases, Contacts contacts, People people)
{
    /// <summary>
    /// Stores an announced case; nothing changes if it is stored already. It is not cancelled: what it has begun would be in others'
    /// way.
    /// </summary>
    /// <param name="mailbox">Whom the case is about.</param>
    /// <param name="received">The case as it is received.</param>
    /// <param name="facts">What is noted, with the commitment of the contact that is kept.</param>
    /// <param name="actor">Who acts.</param>
    /// <returns>The case as it is stored.</returns>
    public Task<TCase> StoreAsync<TCase>(
        EmailAddress mailbox, TCase received, Func<Contact, IReadOnlyList<CaseFact>> facts, string actor)
        where TCase : Case
    {
        return cases.CreateAsync(received, facts(Contact.Of(mailbox)), KeepAsync, actor, CancellationToken.None);

        async Task<IReadOnlyList<CaseFact>> KeepAsync()
        {
            var keeping = contacts.KeepAsync(received.Id, mailbox, CancellationToken.None);
            await Task.WhenAll(keeping, people.IndexAsync(mailbox, received.Id, CancellationToken.None));
            return facts(await keeping);
        }
    }
}
