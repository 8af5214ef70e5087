using System.Text;
using PrivacyFunctions.Requests.Messages.Model;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Requests.Messages.Model;

/// <summary>What a file is, and what it is called once it is here.</summary>
[Clause("C-SECURE")]
public class AttachmentsTests
{
    public static TheoryData<byte[], AttachmentKind?> Contents => new()
    {
        { "%PDF-1.7\n"u8.ToArray(), AttachmentKind.Pdf },
        { [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00], AttachmentKind.Png },
        { [0xFF, 0xD8, 0xFF, 0xE0, 0x00], AttachmentKind.Jpeg },
        { "Grüße,\r\n\tLi 😀"u8.ToArray(), AttachmentKind.Text },
        { [0xEF, 0xBB, 0xBF, .. "with a mark"u8], AttachmentKind.Text },
        { "<script>alert(1)</script>"u8.ToArray(), AttachmentKind.Text },
        { [.. "MZ"u8, 0x90, 0x00, 0x03], null },
        { [.. "PK"u8, 0x03, 0x04], null },
        { " %PDF-1.7\n\0"u8.ToArray(), null },
        { [0x89, 0x50, 0x4E, 0x47], null },
        { [0xFF, 0xD8], null },
        { Encoding.Latin1.GetBytes("Grüße"), null },
        { Encoding.Unicode.GetBytes("Hello"), null },
        { "a\u0085b"u8.ToArray(), null },
        { "a\u001b[31mb"u8.ToArray(), null },
        { [.. "cut off "u8, 0xF0, 0x9F], null },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void KindOf_IsWhatTheBytesSay(byte[] content, AttachmentKind? kind) => Assert.Equal(kind, Attachments.KindOf(content));

    [Theory]
    [InlineData("bill.pdf", AttachmentKind.Pdf, "bill.pdf")]
    [InlineData("Bill.PDF", AttachmentKind.Pdf, "Bill.pdf")]
    [InlineData("photo.jpeg", AttachmentKind.Jpeg, "photo.jpeg")]
    [InlineData("photo", AttachmentKind.Jpeg, "photo.jpg")]
    [InlineData("bill.txt", AttachmentKind.Pdf, "bill.txt.pdf")]
    [InlineData("page.html", AttachmentKind.Text, "page.html.txt")]
    [InlineData("../../etc/passwd", AttachmentKind.Text, "passwd.txt")]
    [InlineData(@"C:\Users\anna\bill.pdf", AttachmentKind.Pdf, "bill.pdf")]
    [InlineData("<img src=x onerror=alert(1)>.png", AttachmentKind.Png, "_img src=x onerror=alert(1)_.png")]
    [InlineData("a\"b:c*d?e|f.pdf", AttachmentKind.Pdf, "a_b_c_d_e_f.pdf")]
    [InlineData("bill\u202Efdp.exe", AttachmentKind.Pdf, "billfdp.exe.pdf")]
    [InlineData("a\r\nSet-Cookie: x\0.pdf", AttachmentKind.Pdf, "aSet-Cookie_ x.pdf")]
    [InlineData("请求 😀.png", AttachmentKind.Png, "请求 😀.png")]
    [InlineData("", AttachmentKind.Text, "file.txt")]
    [InlineData("...", AttachmentKind.Text, "file.txt")]
    [InlineData("/", AttachmentKind.Text, "file.txt")]
    [InlineData(".txt", AttachmentKind.Text, "txt.txt")]
    [InlineData("\uD800.txt", AttachmentKind.Text, "txt.txt")]
    public void NameOf_IsSafeAndSaysWhatItIs(string typed, AttachmentKind kind, string name) => Assert.Equal(name, Attachments.NameOf(typed, kind));

    [Fact]
    public void NameOf_LongOne_IsCutBetweenItsLetters()
    {
        Assert.Equal($"{new string('x', 100)}.pdf", Attachments.NameOf($"{new string('x', 300)}.pdf", AttachmentKind.Pdf));
        var name = Attachments.NameOf($"x{string.Concat(Enumerable.Repeat("😀", 150))}.pdf", AttachmentKind.Pdf);
        Assert.Equal($"x{string.Concat(Enumerable.Repeat("😀", 49))}.pdf", name);
    }
}
