using PrivacyFunctions.DataMap;
using PrivacyFunctions.Requests.Recipients.Model;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>The notices of an act as operators see them.</summary>
internal sealed record ActView(RecipientAct Act, DateOnly On, IReadOnlyList<string> DataSets, IReadOnlyList<NoticeView> Recipients)
{
    public static ActView Of(ActNotices notices, DataMapRegister map) =>
        new(notices.Act, notices.On, notices.DataSets, [.. notices.Notices.Select(notice => NoticeView.Of(notice, map))]);
}

/// <summary>A notice as operators see it.</summary>
/// <param name="Recipient">The id, by which something is entered about it.</param>
/// <param name="Name">The name, for people.</param>
internal sealed record NoticeView(
    string Recipient, string Name, DateOnly? ToldOn, NoticeWay? Way, NoticeAnswer? Answer, DateOnly? AnsweredOn)
{
    public static NoticeView Of(RecipientNotice notice, DataMapRegister map) => new(
        notice.Recipient, map.NameOf(notice.Recipient), notice.ToldOn, notice.Way, notice.Answer, notice.AnsweredOn);
}
