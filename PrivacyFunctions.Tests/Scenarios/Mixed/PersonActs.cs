using System.Net;
using System.Text.RegularExpressions;
using PrivacyFunctions.LocalHost.Outbox;
using PrivacyFunctions.Tests.Scenarios.Support;

namespace PrivacyFunctions.Tests.Scenarios.Mixed;

/// <summary>What people do once they have asked: confirm, late or never; fetch, correct, write, answer, withdraw.</summary>
internal sealed partial class PersonActs(MixedWorld world)
{
    private const int DaysToResume = 29;

    /// <summary>Reads a mail, and means to do something about it or not.</summary>
    public void Hear(Story story, StoredMail mail)
    {
        var (chance, form) = (story.Chance, Wish.Form(story.Kind));
        var subject = mail.Subject;
        if (subject == form.Words.Proof?.ConfirmSubject)
        {
            if (chance.Next(10) < 8) Plan(chance.Next(4) > 0 ? chance.Next(3) : chance.Next(4, 14), () => ConfirmAsync(story, mail));
            if (chance.Next(8) == 0) Plan(chance.Next(1, 20), () => WithdrawAsync(story, mail));
        }
        else if (subject.StartsWith(Wish.NotIdentified, StringComparison.Ordinal))
        {
            // It may have lain there for some days before it is read.
            var left = DateOnly.FromDateTime(mail.ReceivedAt.UtcDateTime).AddDays(DaysToResume).DayNumber - world.Today.DayNumber;
            if (chance.Next(2) == 0) Plan(chance.Next(left), () => ConfirmAsync(story, mail));
        }
        else if (story.Kind is "access" or "portability" && Wish.Of(story.Kind).Answers.Contains(subject))
        {
            for (var left = chance.Next(3); left > 0; left--) Plan(chance.Next(18), () => FetchAsync(story, mail));
        }
        else if (subject == Wish.ShownData)
        {
            if (chance.Next(4) > 0) Plan(chance.Next(6) > 0 ? chance.Next(6) : chance.Next(6, 20), () => CorrectAsync(story, mail));
        }
        else if (subject == Wish.Received || subject.StartsWith(Wish.SignedIn, StringComparison.Ordinal))
        {
            if (chance.Next(6) == 0) Plan(chance.Next(8), () => WithdrawAsync(story, mail));
            if (chance.Next(4) == 0) Plan(chance.Next(20), () => WriteAsync(story, mail));
        }
        else if (subject == Writing.Question || subject.StartsWith(Wish.ShowWhose, StringComparison.Ordinal))
        {
            if (chance.Next(3) > 0) Plan(chance.Next(chance.Next(3) > 0 ? 12 : 24), () => WriteAsync(story, mail));
        }

        void Plan(int inDays, Func<Task> act) => story.Plan(world.Today.AddDays(inDays), act);
    }

    private async Task ConfirmAsync(Story story, StoredMail mail)
    {
        var (status, _) = await world.PostAsync(DataSubject.LinkIn(mail));
        if (status == HttpStatusCode.OK && story.First(Done.Confirmed) is null)
        {
            world.Did(story, Done.Confirmed);
            if (story.Chance.Next(4) == 0) story.Plan(world.Today.AddDays(story.Chance.Next(24)), () => WriteAsync(story, mail));
        }

        var mayFail = story.First(Done.Confirmed) is not null || story.First(Done.Withdrawn) is not null;
        if (status != HttpStatusCode.OK && !mayFail) world.Complain(story, $"{world.Now:yyyy-MM-dd HH:mm} The button to confirm answered {(int)status}.");
    }

    private async Task WithdrawAsync(Story story, StoredMail mail)
    {
        var may = Owing.MayBeWithdrawn(story, world.Now);
        var (status, _) = await world.PostAsync($"{CasePage().Match(mail.Text!).Value}/withdrawal");
        if (status == HttpStatusCode.OK && story.First(Done.Withdrawn) is null) world.Did(story, Done.Withdrawn);
        if (may is not null && may != (status == HttpStatusCode.OK)) world.Complain(story, $"{world.Now:yyyy-MM-dd} The withdrawal answered {(int)status}.");
    }

    private async Task WriteAsync(Story story, StoredMail mail)
    {
        var (may, talk) = (Owing.MayBeWrittenAbout(story, world.Now), story.Talk);
        var words = $"{story.Person.Name} writes about case {story.Number}, for the {talk.FromPerson.Count + 1}. time.";
        var (status, _) = await world.PostAsync($"{CasePage().Match(mail.Text!).Value}/message", new { text = words, submission = $"m-{talk.FromPerson.Count}" });
        if (may is not null && may != (status == HttpStatusCode.OK)) world.Complain(story, $"{world.Now:yyyy-MM-dd} The message was answered {(int)status}.");
        if (status != HttpStatusCode.OK) return;
        if (!talk.HasUnread) talk.Alarms++;
        talk.FromPerson.Add(new(words, IsProof: story.IsDoubted));
        WritingActs.NoteOver(story, world.Now);
        world.Did(story, Done.Wrote);
    }

    private async Task FetchAsync(Story story, StoredMail mail)
    {
        var lasts = world.Now < mail.ReceivedAt.AddDays(14).AddHours(-1);
        var opened = await OpenAsync(story, mail, lasts);
        if (opened is null) return;
        using var package = await world.Host.App.GetAsync(opened);
        if (package.StatusCode == HttpStatusCode.OK) world.Did(story, Done.Opened);
        else if (lasts || package.StatusCode != HttpStatusCode.Gone) world.Complain(story, $"The download answered {(int)package.StatusCode}."); // its time may end just then
    }

    private async Task CorrectAsync(Story story, StoredMail mail)
    {
        // It ends a week before the answer is due if it can, and lasts a week at least.
        var lasts = world.Now < mail.ReceivedAt.AddDays(7).AddHours(-1);
        if (await OpenAsync(story, mail, lasts) is not { } page) return;
        var values = await world.Host.ValuesAsync(page);
        var fields = new Dictionary<string, string>();
        var phone = values.FirstOrDefault(value => value.Title == "Telephone number");
        if (phone is not null && story.Chance.Next(3) > 0) fields[phone.Name] = $"+353 1 555 {story.Chance.Next(1000, 9999)}";
        if (fields.Count == 0 || story.Chance.Next(2) == 0) fields["statement"] = $"The rest that you hold about {story.Person.Name} is wrong.";
        var (status, body) = await world.PostAsync(page, fields);
        if (status == HttpStatusCode.Accepted) world.Did(story, Done.Sent);
        else if (lasts || status != HttpStatusCode.Gone) world.Complain(story, $"The corrections were answered {(int)status}: {body}");
    }

    /// <summary>Enters a fresh code; the path that then opens, or null if its time is over.</summary>
    private async Task<string?> OpenAsync(Story story, StoredMail mail, bool lasts)
    {
        if (story.Kind == "rectification" && (story.First(Done.Sent) ?? story.First(Done.Withdrawn)) is not null) return null;
        var link = DataSubject.LinkIn(mail);
        var before = (await world.Host.Outbox.AllAsync(story.Address)).Max(each => each.Id);
        var (status, _) = await world.PostAsync($"{link}/code");
        if (status == HttpStatusCode.ServiceUnavailable) // the provider takes no mail at this moment
        {
            world.Did(story, Done.CodeInDoubt);
            story.Plan(world.Today.AddDays(1), () => story.Kind == "rectification" ? CorrectAsync(story, mail) : FetchAsync(story, mail));
            return null;
        }

        if (status != HttpStatusCode.Accepted)
        {
            if (lasts) world.Complain(story, $"{world.Now:yyyy-MM-dd} No code was sent: {(int)status}.");
            return null;
        }

        world.Did(story, Done.CodeAsked);
        var code = Digits().Match((await world.Host.Outbox.ReceiveAsync(story.Address, Wish.Code, before, [story.Reference!])).Text!).Value;
        var (opened, body) = await world.PostAsync($"{link}/open", new { code });
        if (opened != HttpStatusCode.OK && (lasts || opened != HttpStatusCode.Gone)) world.Complain(story, $"The code opened nothing: {(int)opened}.");
        return opened == HttpStatusCode.OK
            ? new Uri(body.GetProperty(story.Kind == "rectification" ? "corrections" : "download").GetString()!).AbsolutePath.TrimStart('/')
            : null;
    }

    [GeneratedRegex(@"requests/case/[^\s/]+")]
    private static partial Regex CasePage();

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Digits();
}
