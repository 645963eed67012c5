/** An invented regulation as a scan gives it: a sentence broken by a page, items, an annex that is a table. */
export const SAMPLE = `邻里社区服务中心文件

长邻社规〔2025〕3号

关于印发《邻里互助点管理办法》的通知

邻里社区服务中心

2025年3月5日

邻里互助点 管理办法

第一章 总则

第一条 为方便邻里互相借用常

用物品，制定本办法。

第二章 借用

第二条 互助点可以借用：

（一）轮椅，借用不超过七天；
- （二）推车，借用不超过一天。

雨天不外借。

第三条 本办法自2025年4月1日起施行，有效期三年。

附件：
1. 借用登记表

附件 1

姓名\t日期
`;
