using PrivacyFunctions.Mail;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Support;

/// <summary>A mail provider that accepts every mail, unless the test has it away for some, and keeps it for the test.</summary>
internal sealed class ListeningMailer : IMailer
{
    private readonly List<(EmailAddress To, Letter Letter)> _mails = [];
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Sent => _mails.Count;

    /// <summary>The mails in their order.</summary>
    public IReadOnlyList<(EmailAddress To, Letter Letter)> Mails => _mails;

    /// <summary>Ends with the first mail.</summary>
    public Task UntilSentAsync() => _sent.Task;

    public Predicate<Letter> IsAwayFor { get; set; } = _ => false;

    public Task SendAsync(EmailAddress to, Mailing mailing, string messageId, CancellationToken cancellation)
    {
        if (IsAwayFor(mailing.Letter)) return Task.FromException(new HttpRequestException());
        lock (_mails) _mails.Add((to, mailing.Letter));
        _sent.TrySetResult();
        return Task.CompletedTask;
    }
}
