using System.Security.Cryptography;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Messages;

/// <summary>A file that comes with a message.</summary>
/// <param name="File">What is known of it.</param>
/// <param name="Content">What it holds.</param>
internal sealed record Attachment(MessageFile File, byte[] Content)
{
    /// <summary>The field of the form.</summary>
    public const string Field = "files";

    /// <summary>Reads the files that were sent.</summary>
    /// <returns>The files, and what is wrong with them in words; null if nothing is.</returns>
    public static (IReadOnlyList<Attachment> Files, string? Mistake) Read(Upload upload)
    {
        var files = upload.Files.Select(sent => (sent, Kind: sent.Content is { Length: > 0 } content ? Attachments.KindOf(content) : null)).ToList();
        List<string> mistakes = [.. upload.Fault switch
        {
            UploadFault.TooMuch => [Says.FilesTooLarge.Write(("most", Attachments.Most), ("megabytes", Attachments.MostMegabytes))],
            UploadFault.Busy => [Says.FilesBusy],
            _ when upload.Chosen > Attachments.Most => [Says.TooManyFiles.Write(("most", Attachments.Most))],
            _ => files.Select(each => WrongWith(each.sent, each.Kind)).OfType<string>(),
        }];
        return mistakes.Count > 0
            ? ([], $"{string.Join(' ', mistakes)} {Says.FilesAgain}")
            : ([.. files.Select(each => new Attachment(
                new(Attachments.NameOf(each.sent.Name, each.Kind!.Value), each.Kind.Value.MediaType, each.sent.Content!.Length), each.sent.Content))], null);
    }

    /// <summary>What to say of files that would be lost with a mistake in another field; null if there are none.</summary>
    public static string? Lost(IReadOnlyList<Attachment> files) => files.Count > 0 ? Says.FilesAgain : null;

    /// <summary>Who wrote a message, with what came with it: other files make another message of the same words.</summary>
    public static string Join(string by, IReadOnlyList<Attachment> files) => files.Count == 0
        ? by
        : $"{by} with {string.Join('\t', files.Select(each => $"{Convert.ToHexStringLower(SHA256.HashData(each.Content))} {each.File.Name}"))}";

    private static MessageText Says => PageText.Of<MessageText>();

    private static string? WrongWith(UploadedFile sent, AttachmentKind? kind) => sent.Content switch
    {
        null => Says.FileTooLarge.Write(("file", Attachments.NameOf(sent.Name)), ("megabytes", Attachments.MostMegabytes)),
        { Length: 0 } => Says.FileEmpty.Write(("file", Attachments.NameOf(sent.Name))),
        _ when kind is null => Says.FileOfAnotherKind.Write(("file", Attachments.NameOf(sent.Name))),
        _ => null,
    };

    /// <summary>Withholds it from logs.</summary>
    public override string ToString() => "(file)";
}
