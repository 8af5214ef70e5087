using System.Text.Json;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>Judges each case by what happened to it, when all that has to end has ended.</summary>
internal sealed class Oracle(MixedWorld world)
{
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(12);

    private static readonly string[] Reminders = ["A case is due soon", "A case is overdue"];

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
        foreach (var list in new[] { "status=closed", "" })
            for (var next = ""; next is not null;)
            {
                var page = await world.Host.ListAsync($"?{list}{next}");
                foreach (var reference in page.References())
                    if (world.Find(reference) is null) world.Complain(null, $"Nobody of the run knows {reference}.");
                next = page.Next() is { } more ? $"&continue={more}" : null;
            }
    }

    /// <summary>Whether the case has ended, or is one that nobody means to end.</summary>
    public static bool IsOver(Story story) => story.NextPlan is null && (story.IsJoined || story.Kind switch
    {
        "hold" => true,
        Wish.Termination => story.Letter(TerminationMails.GoesOn, TerminationMails.Emptied) is not null,
        _ when story.First(Done.Withdrawn) is not null => story.Letter(Wish.Withdrawn) is not null,
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
            { Kind: Wish.Termination } => story.First(Done.Ended) is null ? "closed notIdentified"
                : story.First(Done.Undone) is null ? "closed purged" : "closed undone",
            _ when Wish.Form(story.Kind).AsksForProof && story.First(Done.Confirmed) is null => "closed notIdentified",
            { Kind: "erasure" } when story.First(Done.Approved) is not null => "closed erased",
            _ => "closed answered",
        };
        var found = $"{view.Status()} {(view.Status() == "closed" ? view.Outcome() : "none")}";
        if (found != expected) world.Complain(story, $"It ended as {found}, not as {expected}.");
    }

    private void JudgeRequest(Story story)
    {
        var (wish, form) = (Wish.Of(story.Kind), Wish.Form(story.Kind));
        var isWithdrawn = story.First(Done.Withdrawn) is not null;
        var isTold = story.Deeds.Exists(deed => deed.What is Done.Withdrawn or Done.Confirmed && deed.At < story.First(Done.Asked)!.Value.AddDays(14));
        var goesOn = !form.AsksForProof || story.First(Done.Confirmed) is not null;
        Expect(story, form.AsksForProof && !story.IsJoined && !story.IsResumed ? 1 : 0, form.Words.Proof?.ConfirmSubject ?? "(none)");
        Expect(story, form.AsksForProof && !story.IsJoined && !story.IsResumed && !isTold ? 1 : 0, Wish.NotIdentified);
        Expect(story, isWithdrawn ? 1 : 0, Wish.Withdrawn);
        Expect(story, story.Count(Done.Extended), Wish.Extended);
        var codes = story.Letters.Count(mail => mail.Subject == Wish.Code);
        if (codes < story.Count(Done.CodeAsked) || codes > story.Count(Done.CodeAsked) + story.Count(Done.CodeInDoubt))
            world.Complain(story, $"{codes} codes came.");
        if (wish.Before is { } before) Expect(story, goesOn && !story.IsJoined ? 1 : 0, before);
        if (wish.Answers.Length > 0) Expect(story, goesOn && !isWithdrawn && !story.IsJoined ? 1 : 0, wish.Answers);
        Expect(story, story.Count(Done.Lifted), Wish.Lifts);
        Expect(story, story.Count(Done.Upheld), Wish.Upheld);
        Expect(story, story.Count(Done.Overridden), Wish.Overridden);
        if (story.First(Done.Withdrawn) is { } at && story.Letters.Find(mail => mail.ReceivedAt > at + SameDay) is { } late)
            world.Complain(story, $"\"{late.Subject}\" came after it was withdrawn.");
    }

    private void JudgeTermination(Story story)
    {
        var (ended, undone) = (story.First(Done.Ended) is not null, story.First(Done.Undone) is not null);
        var byOwner = story.First(Done.Ended) != story.First(Done.Asked) || story.Letter(TerminationMails.Confirm) is not null;
        Expect(story, byOwner ? 1 : 0, TerminationMails.Confirm);
        Expect(story, ended ? 1 : 0, TerminationMails.Ends);
        Expect(story, ended ? 1 : 0, TerminationMails.Export);
        Expect(story, !ended || undone ? 1 : 0, TerminationMails.GoesOn);
        Expect(story, ended && !undone ? 1 : 0, TerminationMails.Emptied);
    }

    private void JudgeNotices(Story story, IReadOnlySet<DateOnly> troubled)
    {
        var reminders = story.Kind == Wish.Termination ? [] : Owing.Notices(story, world.Today).ToList();
        var came = story.Notices.Where(mail => Reminders.Any(mail.Subject.StartsWith)).Select(mail => (Owing.DayOf(mail.ReceivedAt), IsOver(mail))).ToList();
        if (!came.SequenceEqual(reminders))
            world.Complain(story, $"Reminders came on {Days(came)}; they have to come on {Days(reminders)}.");
        foreach (var mail in story.Notices.Where(mail => Reminders.Any(mail.Subject.StartsWith)))
            if (!mail.Text!.Contains($"{Owing.DueAt(story, mail.ReceivedAt):d MMMM yyyy}", StringComparison.Ordinal))
                world.Complain(story, $"\"{mail.Subject}\" of {mail.ReceivedAt:yyyy-MM-dd} does not name {Owing.DueAt(story, mail.ReceivedAt):d MMMM yyyy}.");
        if (story.Kind == "erasure")
        {
            var (told, owed) = (story.NoticesOf(ErasureMails.Escalation).Select(mail => mail.ReceivedAt).ToList(), Owing.Escalations(story, world.Now).ToList());
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

    private static bool IsOver(StoredMail mail) => mail.Subject.StartsWith(Reminders[1], StringComparison.Ordinal);

    private static string Days(IEnumerable<(DateOnly Night, bool IsOver)> days) =>
        string.Join(", ", days.Select(day => $"{day.Night:yyyy-MM-dd}{(day.IsOver ? " (over)" : "")}"));

    private static string Days(IEnumerable<DateTimeOffset> days) => string.Join(", ", days.Select(day => $"{day:yyyy-MM-dd HH:mm}"));
}
