using System.Text.Json;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Judges each case by what happened to it, when all that has to end has ended.</summary>
internal sealed class Oracle(MixedWorld world)
{
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(12);

    private static readonly string[] Reminders = ["A case is due soon", "A case is overdue"];

    private const string TakenUp = "taking up your earlier request again";
    private const string WithAnother = "together with the one that you have sent since then";

    // What says that something broke, or that nobody could be told.
    private static readonly string[] Troubles =
    [
        "A step of a case", "A case stands still", "A case has stopped", "A person cannot be told", "A restriction stays", "A person could not be told",
        "A purge", "Data of an ended account", "Backups need", "The number of an ended account",
    ];

    /// <summary>Judges all cases.</summary>
    /// <param name="troubled">The days on which mails were refused, or the host died: then steps may say that they are broken.</param>
    public async Task JudgeAsync(IReadOnlySet<DateOnly> troubled)
    {
        foreach (var story in world.Stories.Where(story => story.Reference is not null))
        {
            var view = (await world.OperateAsync($"cases/{story.Reference}", method: HttpMethod.Get)).Body;
            if (!view.ChainIsIntact()) world.Complain(story, "Its audit chain is broken.");
            if (view.Attention().Count > 0) world.Complain(story, $"It needs attention: {string.Join(", ", view.Attention())}");
            JudgeEnd(story, view);
            if (story.Kind == Wish.Termination) JudgeTermination(story);
            else JudgeRequest(story);
            JudgeNotices(story, troubled);
        }

        var attention = await world.Host.ReferencesAsync("?attention=yes");
        if (attention.Count > 0) world.Complain(null, $"These need attention: {string.Join(", ", attention)}");
        var unknown = new HashSet<string>();
        foreach (var list in new[] { "status=closed", "" })
            for (var next = ""; next is not null;)
            {
                var page = await world.Host.ListAsync($"?{list}{next}");
                foreach (var reference in page.References())
                    if (world.Find(reference) is null) unknown.Add(reference);
                next = page.Next() is { } more ? $"&continue={more}" : null;
            }

        var joined = world.Stories.Count(story => story.Reopens is not null && story.Letter(Complaining.Decided)!.Text!.Contains(WithAnother, StringComparison.Ordinal));
        if (unknown.Count != joined) world.Complain(null, $"Nobody of the run knows {string.Join(", ", unknown)}; {joined} earlier requests joined another when they were taken up again.");
    }

    /// <summary>Whether the case has ended, or is one that nobody means to end.</summary>
    public static bool IsOver(Story story) => story.NextPlan is null && (story.IsJoined || story.Kind switch
    {
        "hold" => true,
        Wish.Termination => story.Letter(TerminationMails.GoesOn, TerminationMails.Emptied) is not null,
        _ when story.First(Done.Withdrawn) is not null => story.Letter(Wish.Withdrawn) is not null,
        _ when story.IsEnded => story.EndedAt is not null,
        "restriction" when story.First(Done.Confirmed) is not null => OperatorActs.LeavesForGood(story) || story.Letter(Wish.Lifts) is not null,
        "use" when story.First(Done.Confirmed) is not null => story.Letter([Wish.Upheld, .. Wish.Overridden]) is not null,
        _ => story.Letter([.. Wish.Of(story.Kind).Answers, Wish.NotIdentified]) is not null,
    });

    private void JudgeEnd(Story story, JsonElement view)
    {
        var isLasting = story.Kind == "restriction" && OperatorActs.LeavesForGood(story)
            && story.First(Done.Confirmed) is not null && story.First(Done.Withdrawn) is null;
        var expected = story switch
        {
            { IsJoined: true } => "closed answeredByAnotherCase",
            _ when isLasting => "restricted none",
            _ when story.First(Done.Withdrawn) is not null => "closed withdrawn",
            _ when story.First(Done.Refused) is not null => "closed refused",
            _ when story.First(Done.NotIdentified) is not null => "closed notIdentified",
            { Kind: Wish.Termination } => story.First(Done.Ended) is null ? "closed notIdentified"
                : story.First(Done.Undone) is null ? "closed purged" : "closed undone",
            _ when Wish.Form(story.Kind).AsksForProof && story.First(Done.Confirmed) is null => "closed notIdentified",
            { Kind: "erasure" } when story.First(Done.Approved) is not null && story.Letter(ErasureMails.Nothing) is null => "closed erased", // another may have been first
            _ => "closed answered",
        };
        var found = $"{view.Status()} {(view.Status() == "closed" ? view.Outcome() : "none")}";
        if (found != expected) world.Complain(story, $"It ended as {found}, not as {expected}.");
    }

    private void JudgeRequest(Story story)
    {
        var (wish, form) = (Wish.Of(story.Kind), Wish.Form(story.Kind));
        // Whoever says it in the very minute in which the time for it ends may come first, or not.
        var (end, said) = (story.First(Done.Asked)!.Value.AddDays(14), story.First(Done.Withdrawn, Done.Confirmed));
        var isTold = said < end || (said < end.AddMinutes(1) && story.Letter(Wish.NotIdentified) is null);
        var goesOn = !story.IsJoined && (!form.AsksForProof || story.First(Done.Confirmed) is not null);
        Expect(story, story.IsToBeConfirmed ? 1 : 0, form.Words.Proof?.ConfirmSubject ?? "(none)");
        Expect(story, story is { IsSignedIn: true, IsJoined: false } ? 1 : 0, form.AsksForProof ? Wish.SignedIn : "(none)");
        Expect(story, story.IsToBeConfirmed && !isTold ? 1 : 0, Wish.NotIdentified);
        Expect(story, story.First(Done.Withdrawn) is null ? 0 : 1, Wish.Withdrawn);
        Expect(story, story.First(Done.Refused) is null ? 0 : 1, Wish.Refused);
        Expect(story, story.First(Done.NotIdentified) is null ? 0 : 1, Wish.NotTheirs);
        var extended = story.Letters.Count(mail => mail.Subject == Wish.Extended);
        if (extended < story.Count(Done.Extended) || extended > Math.Max(story.Count(Done.Extended), story.Count(Done.ExtensionInDoubt))) world.Complain(story, $"That it takes longer was told {extended} times.");
        var codes = story.Letters.Count(mail => mail.Subject == Wish.Code);
        if (codes < story.Count(Done.CodeAsked) || codes > story.Count(Done.CodeAsked) + story.Count(Done.CodeInDoubt))
            world.Complain(story, $"{codes} codes came.");
        if (wish.Before is { } before) Expect(story, goesOn ? 1 : 0, before);
        if (wish.Answers.Length > 0) Expect(story, goesOn && !story.IsEnded ? 1 : 0, wish.Answers);
        Expect(story, ToldOf(story, Done.Lifted), Wish.Lifts);
        Expect(story, story.Count(Done.Upheld), Wish.Upheld);
        Expect(story, ToldOf(story, Done.Overridden), Wish.Overridden);
        JudgeTakenBack(story);
        if (story is { Kind: "erasure", IsEnded: false } && goesOn) JudgeApprovals(story);
        if (story.Reopens is not null) JudgeReopening(story);
        if ((story.First(Done.Withdrawn) ?? story.EndedAt) is { } at && story.Letters.Find(mail => mail.ReceivedAt > at + SameDay) is { } late)
            world.Complain(story, $"\"{late.Subject}\" came after it had ended.");
    }

    // What is taken back before a stopped workflow goes on was told to nobody.
    private static int ToldOf(Story story, string decision) => story.Deeds.Count(deed => deed.What == decision
        && !(story.IsPausedAt(deed.At) && story.Deeds.Find(later => later.At > deed.At && later.What is Done.GoesOn or Done.LiftingWithdrawn)?.What == Done.LiftingWithdrawn));

    // Who was told of a day is told that it does not come.
    private void JudgeTakenBack(Story story)
    {
        var (from, due, came) = (story.First(Done.Asked)!.Value, 0, story.Letters.Count(mail => mail.Subject == Wish.Keeps));
        foreach (var back in story.Deeds.Where(deed => deed.What == Done.LiftingWithdrawn))
        {
            string[] told = [Wish.Lifts, .. Wish.Overridden];
            if (story.Letters.Exists(mail => mail.ReceivedAt > from && mail.ReceivedAt <= back.At && told.Any(mail.Subject.StartsWith))) due++;
            from = back.At;
        }

        if (came < due || came > due + story.Count(Done.TakenBackInDoubt)) world.Complain(story, $"That a decision was taken back was told {came} times, not {due}.");
    }

    // Nothing is erased by a plan that nobody approved, and what was put on hold after the approval makes another plan.
    private void JudgeApprovals(Story story)
    {
        var plans = story.NoticesOf(ErasureMails.PlanWaits).Count();
        if (plans != story.Count(Done.Approved)) world.Complain(story, $"{plans} plans waited, and {story.Count(Done.Approved)} were approved.");
        var isRestricted = world.Stories.Any(other => other.Person == story.Person && other.Kind == "restriction");
        if (story.First(Done.Changed) is not null && plans < 2 && !isRestricted) world.Complain(story, "What was put on hold after the approval changed nothing.");
    }

    private void JudgeReopening(Story complaint)
    {
        var letter = complaint.Letter(Complaining.Decided)!.Text!;
        var again = world.Stories.Count(story => story.Complaint == complaint);
        if (!letter.Contains(TakenUp, StringComparison.Ordinal)) world.Complain(complaint, "The outcome does not say that the earlier request is taken up again.");
        if (again != (letter.Contains(WithAnother, StringComparison.Ordinal) ? 0 : 1)) world.Complain(complaint, $"{again} requests began again because of it.");
    }

    private void JudgeTermination(Story story)
    {
        var (ended, undone) = (story.First(Done.Ended) is not null, story.First(Done.Undone) is not null);
        Expect(story, !story.IsByCompany || story.Letter(TerminationMails.Confirm) is not null ? 1 : 0, TerminationMails.Confirm);
        Expect(story, ended ? 1 : 0, TerminationMails.Ends);
        Expect(story, ended ? 1 : 0, TerminationMails.Export);
        Expect(story, !ended || undone ? 1 : 0, TerminationMails.GoesOn);
        Expect(story, ended && !undone ? 1 : 0, TerminationMails.Emptied);
    }

    private void JudgeNotices(Story story, IReadOnlySet<DateOnly> troubled)
    {
        var reminders = story.Kind == Wish.Termination ? [] : Owing.Notices(story, world.Policy, world.Today).ToList();
        var came = story.Notices.Where(IsReminder).Select(mail => (Owing.DayOf(mail.ReceivedAt), IsOver(mail))).ToList();
        if (!came.SequenceEqual(reminders))
            world.Complain(story, $"Reminders came on {Days(came)}; they have to come on {Days(reminders)}.");
        foreach (var mail in story.Notices.Where(IsReminder))
            if (DueDay.At(story, world.Policy, mail.ReceivedAt).On is var due && !mail.Text!.Contains($"{due:d MMMM yyyy}", StringComparison.Ordinal))
                world.Complain(story, $"\"{mail.Subject}\" of {mail.ReceivedAt:yyyy-MM-dd} does not name {due:d MMMM yyyy}.");
        if (story.Kind == "erasure")
        {
            var (told, owed) = (story.NoticesOf(ErasureMails.Escalation).Select(mail => mail.ReceivedAt).ToList(), Owing.Escalations(story, world.Policy, world.Now).ToList());
            if (told.Count != owed.Count || told.Zip(owed).Any(pair => (pair.First - pair.Second).Duration() > SameDay))
                world.Complain(story, $"It was escalated on {Days(told)}; that has to be on {Days(owed)}.");
        }

        foreach (var mail in story.Notices.Where(mail => Troubles.Any(mail.Subject.StartsWith)))
            if (!troubled.Contains(Owing.DayOf(mail.ReceivedAt)) && !story.Deeds.Exists(deed => deed.What == Done.Paused))
                world.Complain(story, $"\"{mail.Subject}\" was told on {mail.ReceivedAt:yyyy-MM-dd}.");
    }

    private void Expect(Story story, int count, params string[] subjects)
    {
        var came = story.Letters.Count(mail => subjects.Any(subject => mail.Subject.StartsWith(subject, StringComparison.Ordinal)));
        if (came != count) world.Complain(story, $"\"{subjects[0]}\" came {came} times, not {count}.");
    }

    private static bool IsReminder(StoredMail mail) => Reminders.Any(mail.Subject.StartsWith);

    private static bool IsOver(StoredMail mail) => mail.Subject.StartsWith(Reminders[1], StringComparison.Ordinal);

    private static string Days(IEnumerable<(DateOnly Night, bool IsOver)> days) =>
        string.Join(", ", days.Select(day => $"{day.Night:yyyy-MM-dd}{(day.IsOver ? " (over)" : "")}"));

    private static string Days(IEnumerable<DateTimeOffset> days) => string.Join(", ", days.Select(day => $"{day:yyyy-MM-dd HH:mm}"));
}
