using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Records;

/// <summary>
/// Stores a new case of a mailbox, with what is kept for it: the mailbox, what the person wrote, and the entries that lead from the person to the case and
/// from the list of cases. They are written side by side, after the announcement of the case and before the case itself.
/// </summary>
internal sealed class NewCases(CaseStore cases, Contacts contacts, People people, Statements statements)
{
    /// <summary>
    /// Stores an announced case; nothing changes if it is stored already. It is not cancelled: what it has begun would be in others'
    /// way.
    /// </summary>
    /// <param name="mailbox">Whom the case is about.</param>
    /// <param name="received">The case as it is received.</param>
    /// <param name="facts">What is noted, with the commitment of the contact that is kept.</param>
    /// <param name="actor">Who acts.</param>
    /// <param name="said">What the person wrote; null if they were not asked to.</param>
    /// <param name="agent">The address of whoever asked in the person's name; null if nobody did.</param>
    /// <returns>The case as it is stored.</returns>
    public Task<TCase> StoreAsync<TCase>(
        EmailAddress mailbox, TCase received, Func<Contact, IReadOnlyList<CaseFact>> facts, string actor, Statement? said = null,
        EmailAddress? agent = null)
        where TCase : Case
    {
        return cases.CreateAsync(received, facts(Contact.Of(mailbox)), KeepAsync, actor, CancellationToken.None);

        async Task<IReadOnlyList<CaseFact>> KeepAsync()
        {
            var keeping = contacts.KeepAsync(received.Id, mailbox, received.LivesIn, agent, CancellationToken.None);
            var writing = said is null
                ? Task.CompletedTask
                : statements.KeepAsync(received.Id, received.Id, said, received.ReceivedAt, CancellationToken.None);
            await Task.WhenAll(keeping, writing, people.IndexAsync(mailbox, received.Id, CancellationToken.None));
            return facts(await keeping);
        }
    }
}
