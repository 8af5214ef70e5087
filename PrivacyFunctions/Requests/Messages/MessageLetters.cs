using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>What one of us wrote to the person about their request.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Message">Their words, a paragraph each.</param>
/// <param name="Asks">Whether an answer is needed to go on.</param>
/// <param name="Due">When the answer to the request is due; null if none is owed now.</param>
/// <param name="StopsClock">Whether the time for the answer does not count until the person has answered (L4).</param>
/// <param name="Link">Where the person writes back.</param>
internal sealed record MessageToPerson(CaseId Reference, IReadOnlyList<string> Message, bool Asks, DateOnly? Due, bool StopsClock, Uri Link) : PersonDraft(Reference);
